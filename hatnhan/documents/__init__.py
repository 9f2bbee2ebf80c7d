"""The registry of official papers, and the engines that make PDF and XLSX files of them."""
