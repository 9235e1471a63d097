"""What PyTorch 1.13 (Debian's python3-torch) makes of the mlp works, on one core, in steps per
second: a rollout of many lanes in one tensor, and vmap of grad, one contribution per trajectory of
22 steps, on data that are given. Not needed by anything; table.py adds its figures where it is."""
import json
import time

import functorch
import torch

LANES, LENGTH = 4096, 22


def network(real):
    torch.manual_seed(1)
    return torch.nn.Sequential(torch.nn.Linear(4, 64), torch.nn.Tanh(), torch.nn.Linear(64, 64),
                               torch.nn.Tanh(), torch.nn.Linear(64, 2)).to(real)


def step(state, action):
    x, x_dot, theta, theta_dot = state.unbind(1)
    push, sine, cosine = 20.0 * action - 10.0, torch.sin(theta), torch.cos(theta)
    q = (push + 0.05 * theta_dot * theta_dot * sine) / 1.1
    turn = (9.8 * sine - cosine * q) / (0.5 * (4.0 / 3.0 - 0.1 * cosine * cosine / 1.1))
    state = torch.stack([x + 0.02 * x_dot, x_dot + 0.02 * (q - 0.05 * turn * cosine / 1.1),
                         theta + 0.02 * theta_dot, theta_dot + 0.02 * turn], 1)
    return state, (state[:, 0].abs() > 2.4) | (state[:, 2].abs() > 0.20943951023931953)


@torch.no_grad()
def rollout(real, ticks=100):
    """Lanes whose episode ends begin another; states, actions and log pi are kept."""
    policy, state, kept = network(real), 0.1 * torch.rand(LANES, 4, dtype=real) - 0.05, []
    start = time.perf_counter()
    for _ in range(ticks):
        log_pi = torch.log_softmax(policy(state), 1)
        action = (torch.rand(LANES, dtype=real) < log_pi[:, 1].exp()).to(torch.long)
        kept.append((state, action, log_pi.gather(1, action[:, None])))
        state, ended = step(state, action.to(real))
        fresh = 0.1 * torch.rand(LANES, 4, dtype=real) - 0.05
        state = torch.where(ended[:, None], fresh, state)
    return LANES * ticks / (time.perf_counter() - start)


def gradient(real, trajectories=960):
    policy, parameters = functorch.make_functional(network(real))
    states = torch.rand(trajectories, LENGTH, 4, dtype=real)
    actions = torch.randint(2, (trajectories, LENGTH, 1))
    to_go = torch.arange(LENGTH, 0, -1).to(real).expand(trajectories, LENGTH)

    def weighted(theta, s, a, G):
        return (torch.log_softmax(policy(theta, s), 1).gather(1, a)[:, 0] * G).sum()

    contributions = functorch.vmap(functorch.grad(weighted), in_dims=(None, 0, 0, 0))
    start = time.perf_counter()
    contributions(parameters, states, actions, to_go)
    return trajectories * LENGTH / (time.perf_counter() - start)


def main():
    torch.set_num_threads(1)
    names = {"double": torch.float64, "single": torch.float32}
    print(json.dumps({f"mlp/{name}/{what.__name__}": max(what(real) for _ in range(5))
                      for name, real in names.items() for what in (rollout, gradient)}))


if __name__ == "__main__":
    main()
