// Facets stand open beside the hits on a wide screen, also where the style sheet alone cannot open them.
const facets = document.querySelector("details.facets");
if (facets && (matchMedia("(min-width: 60em)").matches || document.querySelector(".facets :target"))) facets.open = true;
