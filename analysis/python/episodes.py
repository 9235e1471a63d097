"""Episodes of a run file, with h5py alone:  episodes.py RUN.h5

Trajectories lie one after the other in arrays over `step`; row_size says how many steps each has."""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1]) as file:
    t = file["trajectories"]
    end = np.cumsum(t["row_size"][:])
    begin = end - t["row_size"][:]
    names = t["obs"].asstr()[:]
    reward, observation = t["reward"][:], t["observation"][:]
    print("episode  iteration  steps  reward_sum  ended by  first observation")
    for e, (a, b) in enumerate(zip(begin, end)):
        ended = "process" if t["terminated"][e] else "horizon"
        first = " ".join(f"{name}={x:.4g}" for name, x in zip(names, observation[a]))
        print(f"{e:7d}  {t['iteration'][e]:9d}  {b - a:5d}  {reward[a:b].sum():10.4f}  {ended}   {first}")
