"""Final return of every cell of a learn stage, with xarray alone:  returns.py RESULTS.h5 [STAGE]

Mean over replicates of the return in the last tenth of the iterations, and its standard error; those
that diverged are counted, and in no mean."""
import sys

import numpy as np
import xarray

learn = xarray.open_dataset(sys.argv[1], group=sys.argv[2] if len(sys.argv) > 2 else "learn")
tenth = max(1, learn.sizes["iteration"] // 10)
last = learn.return_mean.isel(iteration=slice(-tenth, None)).mean("iteration", skipna=False)
last = last.where(np.isfinite(last))  # [axes..., replicate]
n = last.count("replicate")
mean = last.mean("replicate")
table = xarray.Dataset({
    "mean": mean,
    "standard_error": np.sqrt(((last - mean) ** 2).sum("replicate") / (n * (n - 1)).where(n > 1)),
    "finite": n,
    "of": learn.present.sum("replicate"),
})
print(table.to_dataframe().to_string())
