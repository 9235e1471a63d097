"""Learning curves for a paper, with xarray and matplotlib:  figure.py RESULTS.h5 OUT.pdf [STAGE]

One curve per cell: median over replicates, and a band from the lower to the upper quartile. A
replicate has diverged where it is further below its first return than ten times its size; the median
ends where half of them have. The suffix of OUT decides the format: .pdf, .svg, .png."""
import itertools
import sys

import matplotlib
import numpy as np
import xarray

matplotlib.use("Agg")
matplotlib.rcParams.update({"font.size": 8, "figure.figsize": (3.3, 2.2), "pdf.fonttype": 42})
import matplotlib.pyplot as plt  # noqa: E402

results, out = sys.argv[1:3]
learn = xarray.open_dataset(results, group=sys.argv[3] if len(sys.argv) > 3 else "learn")
first = learn.return_mean.isel(iteration=0)
curves = learn.return_mean.where(learn.return_mean >= first - 10 * abs(first), -np.inf)
axes = [dim for dim in curves.dims if dim not in ("replicate", "iteration")]
# Okabe and Ito's colours, each with a dash of its own: to be told apart in print, too.
styles = itertools.cycle(zip(["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"],
                             ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1))]))

figure, plot = plt.subplots(layout="constrained")
for labels in itertools.product(*(curves[axis].values for axis in axes)):
    cell = curves.sel(dict(zip(axes, labels)))
    low, middle, high = np.quantile(cell, [0.25, 0.5, 0.75], axis=cell.get_axis_num("replicate"),
                                    method="inverted_cdf")
    colour, dash = next(styles)
    name = ", ".join(map(str, labels))
    plot.plot(cell.iteration, np.where(np.isfinite(middle), middle, np.nan), color=colour,
              linestyle=dash, linewidth=1, label=name)
    band = np.isfinite(low) & np.isfinite(high)
    plot.fill_between(cell.iteration, low, high, where=band, color=colour, alpha=0.2, linewidth=0)
    print(f"{name}: median of {cell.sizes['replicate']} replicates at the end: {middle[-1]:.6g}")
plot.set_xlabel("iteration")
plot.set_ylabel(f"return [{learn.return_mean.units}]")
plot.legend(frameon=False)
figure.savefig(out)
