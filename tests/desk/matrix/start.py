"""The addresses of the first hour: closed once somebody is in; the steps are the administrator's and the manager's."""

from __future__ import annotations

from tests.desk.matrix.row import Row

BEGINNERS = ("admin", "manager", "stranger")  # the stranger manages another programme, and sees that one

ROWS: dict[str, list[Row]] = {
    "start": [Row("/start/"), Row("/start/?key=guessed")],
    "start_mine": [Row("/start/mine/?key=guessed")],
    "start_demonstration": [Row("/start/demonstration/?key=guessed")],
    "first_steps": [Row("/first-steps/", BEGINNERS, anonymous=302)],
    "first_programme": [Row("/first-steps/programme/", ("admin",), anonymous=302)],
    "first_about": [Row("/first-steps/about/", BEGINNERS, anonymous=302)],
    "first_rates": [Row("/first-steps/rates/", BEGINNERS, anonymous=302)],
    "first_places": [Row("/first-steps/places/", BEGINNERS, anonymous=302)],
    "first_people": [Row("/first-steps/people/", BEGINNERS, anonymous=302)],
    "first_people_file": [
        Row("/first-steps/people.xlsx", BEGINNERS, anonymous=302),
        Row("/first-steps/people.csv", BEGINNERS, anonymous=302),
        Row("/first-steps/people.exe", anonymous=302),
    ],
    "first_print": [Row("/first-steps/print/", BEGINNERS, anonymous=302)],
}
