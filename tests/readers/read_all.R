# Every dataset of the HDF5 files named on the command line, as R sees it: a folder <file>.R with, per
# dataset and reader (hdf5r, ncdf4), its dimensions and its values in R's own order.
suppressPackageStartupMessages({library(hdf5r); library(ncdf4)})

keep <- function(folder, path, x) {
  name <- file.path(folder, gsub("/", "!", path, fixed = TRUE))
  shape <- if (is.null(dim(x))) length(x) else dim(x)
  writeLines(as.character(shape), paste0(name, ".dim"))
  if (is.character(x)) {
    con <- file(paste0(name, ".txt"), "wb")
    for (each in x) { writeBin(charToRaw(enc2utf8(each)), con); writeBin(as.raw(0), con) }
    close(con)
  } else {
    writeBin(as.numeric(as.vector(x)), paste0(name, ".bin"), endian = "little")
  }
}

for (path in commandArgs(trailingOnly = TRUE)) {
  for (reader in c("hdf5r", "ncdf4")) dir.create(file.path(paste0(path, ".R"), reader), recursive = TRUE)
  file <- H5File$new(path, "r")
  all <- file$ls(recursive = TRUE)
  for (name in all$name[all$obj_type == "H5I_DATASET"]) {
    data <- file[[name]]
    keep(file.path(paste0(path, ".R"), "hdf5r"), name, if (any(data$dims == 0)) numeric(0) else data$read(drop = FALSE))
  }
  file$close_all()
  file <- nc_open(path)
  for (name in names(file$var))
    keep(file.path(paste0(path, ".R"), "ncdf4"), name, ncvar_get(file, name, collapse_degen = FALSE))
  nc_close(file)
}

# R counts from 1 and its first dimension runs fastest, so dimensions appear in reverse: what C and
# Python call contribution[iteration, estimator, unit, parameter] is x[parameter, unit, estimator, iteration].
file <- H5File$new(commandArgs(trailingOnly = TRUE)[1], "r")
x <- file[["gradient/contribution"]]$read(drop = FALSE)
stopifnot(identical(dim(x), c(3L, 4L, 2L, 21L)))
stopifnot(x[3, 2, 1, 8] == 7 + 0.1 * 2 + 100)      # iteration 7, estimator 0, unit 1, parameter 2
stopifnot(x[1, 4, 2, 21] == 20 + 300 + 1000)
stopifnot(h5attr(file, "title") == "Ein Titel: \u03c0", h5attr(file, "replicate") == 1)
stopifnot(h5attr(file[["gradient/mean"]], "units") == "reward")
stopifnot(is.nan(file[["gradient/mean"]]$read()[2, 2, 1]))
cat("R reads what was written\n")
