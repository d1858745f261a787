// Before the page is drawn: the reader's own choice of light or dark, and that scripts work here.
{
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  try {
    const chosen = localStorage.getItem("coop-theme");
    if (chosen) root.dataset.theme = chosen;
  } catch {
    // A browser that keeps nothing follows the system.
  }
}
