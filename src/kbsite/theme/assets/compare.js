// The choice of two editions, for those who run scripts; the table below it has all pairs.
function begin() {
  for (const form of document.querySelectorAll(".kb-pair")) {
    const [one, two] = form.querySelectorAll("select");
    const check = () => two.setCustomValidity(one.value === two.value ? "Choose another edition." : "");
    form.onchange = check;
    form.onsubmit = (event) => {
      event.preventDefault();
      // Options are in order of time
      const [before, after] = one.selectedIndex < two.selectedIndex ? [one, two] : [two, one];
      location.assign(`${form.action}${before.value}--${after.value}/`);
    };
    check();
    form.hidden = false;
  }
}
if (window.document$) document$.subscribe(begin);
else begin();
