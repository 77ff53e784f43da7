// Before anything is drawn: claims are folded only where a script can open them.
document.documentElement.classList.add("js");
