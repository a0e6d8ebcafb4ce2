// Sends the form that goes back to an application, so that nobody has to press its button.
document.querySelector("form[data-leave]")?.requestSubmit();
