// Adds up the amounts of a document while they are typed. The page does the same without it: "Look at it first".
(() => {
  const form = document.querySelector("form[data-totals]");
  const running = form && form.querySelector(".running");
  if (!running) return;
  const khmer = "០១២៣៤៥៦៧៨៩";
  const hundredths = (text) => {
    const plain = text.trim().replace(/[០-៩]/g, (digit) => khmer.indexOf(digit)).replace(/,/g, "");
    const parts = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
    return parts ? Number(parts[1]) * 100 + Number((parts[2] || "").padEnd(2, "0")) : 0;
  };
  const sum = (name) =>
    [...form.querySelectorAll(`input[name$="-${name}"]`)].reduce((all, one) => all + hundredths(one.value), 0);
  const said = (amount) => (amount / 100).toLocaleString("en-US", { minimumFractionDigits: amount % 100 ? 2 : 0 });
  const add = () => {
    const debit = sum("amount"), credit = sum("credit");
    running.textContent = debit || credit ? `${form.dataset.totals}: ${said(debit)}${credit ? ` / ${said(credit)}` : ""}` : "";
  };
  form.addEventListener("input", add);
  add();
})();
