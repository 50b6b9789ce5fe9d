// Adds up the amounts of a document while they are typed, and says what is left where the money comes from or how far
// debits and credits are apart. The page does the same without it: "Look at it first".
(() => {
  const form = document.querySelector("form[data-totals]");
  const running = form && form.querySelector(".running");
  if (!running) return;
  const khmer = "០១២៣៤៥៦៧៨៩";
  const plain = (text) => text.trim().replace(/[០-៩]/g, (digit) => khmer.indexOf(digit)).replace(/,/g, "");
  const hundredths = (text) => {
    const parts = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain(text));
    return parts ? (parts[1] ? -1 : 1) * (Number(parts[2]) * 100 + Number((parts[3] || "").padEnd(2, "0"))) : 0;
  };
  const sum = (name) =>
    [...form.querySelectorAll(`input[name$="-${name}"]`)].reduce((all, one) => all + hundredths(one.value), 0);
  const said = (amount) => (amount / 100).toLocaleString("en-US", { minimumFractionDigits: amount % 100 ? 2 : 0 });
  const account = form.querySelector("select[name=money]"), currency = form.querySelector("select[name=currency]");
  const withheld = form.querySelector("input[name=withheld]"), both = form.querySelector('input[name$="-credit"]');
  const afterwards = (moved) => {
    const there = account && account.selectedOptions[0] && account.selectedOptions[0].dataset;
    if (!there || !there.balance || (currency && currency.value && currency.value !== there.currency)) return "";
    const out = form.dataset.comes ? -moved : moved - (withheld ? hundredths(withheld.value) : 0);
    return ` · ${form.dataset.left}: ${there.currency} ${said(hundredths(there.balance) - out)}`;
  };
  const add = () => {
    const debit = sum("amount"), credit = sum("credit");
    const apart = both ? ` / ${said(credit)} · ${form.dataset.apart}: ${said(debit - credit)}` : afterwards(debit);
    running.textContent = debit || credit ? `${form.dataset.totals}: ${said(debit)}${apart}` : "";
  };
  form.addEventListener("input", add);
  add();
})();
