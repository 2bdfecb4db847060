"""The pages and the workbook of the registry of bodies, and what a change of it does to plans."""
