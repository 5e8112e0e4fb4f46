// A probe of the tests: it stands in the folder of the pages, and is no page.
