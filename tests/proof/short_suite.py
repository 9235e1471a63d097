"""One cell of one stage, small, with trajectories."""

SHORT = """
title = "Short"
seed = 7
estimator = "reward-to-go"
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
R = [[1.0]]
W = [[1e-4, 0.0], [0.0, 1e-4]]
x0 = [-1.0, 0.0]
[objective]
horizon = 10
[policy]
plugin = "linear-gaussian"
sigma = 0.3
[learn]
iterations = 20
episodes = 4
optimizer = { plugin = "sgd", step = 1e-4 }
[record]
trajectories = { every = 10 }
"""
