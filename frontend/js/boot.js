// Runs before the page is drawn: says that scripts work, and takes it back when one fails to load.
(() => {
  const { classList } = document.body;
  const names = ["js-enabled", "govuk-frontend-supported"];
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  classList.add(...names);
  addEventListener(
    "error",
    (event) => event.target.tagName === "SCRIPT" && classList.remove(...names),
    true,
  );
})();
