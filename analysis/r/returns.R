# Final return of every cell of a learn stage from its run files, with hdf5r alone:
#   Rscript returns.R results/first/runs/learn
# R counts dimensions the other way round: theta(checkpoint, parameter) is theta[parameter, checkpoint].
library(hdf5r)

folder <- commandArgs(trailingOnly = TRUE)[1]
final_return <- function(path) {
  file <- H5File$new(path, mode = "r")
  on.exit(file$close_all())
  curve <- file[["learning/return_mean"]]$read()
  last <- mean(tail(curve, max(1, length(curve) %/% 10)))
  finite <- h5attr(file, "status") == "done" && is.finite(last)
  data.frame(cell = h5attr(file, "cell"), final = if (finite) last else NA)
}
runs <- do.call(rbind, lapply(Sys.glob(file.path(folder, "*", "r????.h5")), final_return))
for (cell in unique(runs$cell)) {
  final <- runs$final[runs$cell == cell]
  cat(sprintf("%s  mean %.6f  finite %d of %d\n", cell, mean(final, na.rm = TRUE),
              sum(!is.na(final)), length(final)))
}
