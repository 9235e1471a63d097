#include <cassert>

#include "oracle/foresight.hpp"
#include "oracle/past_moments.hpp"
#include "oracle/second_moment.hpp"
#include "oracle/variance_sources.hpp"

namespace seedbed {

namespace {

/// B_0, and what share of the rewards goes on into B: REINFORCE has -b and all of them.
struct PastRewards {
  double first = 0.0, share = 0.0;
};

/// The forward pass over g = Σ_t ψ_t (yᵗ A_t + B_t), x = γλ. With α and u of what follows, the draw
/// of a_t and that of the outcome o move E[g|F] by
///
///   z_t (E[A_t|s,a] − α_t(s)) + yᵗ w_a + ψ_t B_t        w_a = ψ E[A_t|s,a] + y E[u'|s,a] − u_t(s)
///   z_t D_o + yᵗ w_o        D_o = δ_o + x α' − E[A_t|s,a],   w_o = ψ D_o + y u' − y E[u'|s,a]
///
/// Derived from E[g|F] = Σ_{k<t} (e_k δ_k + ψ_k B_k) + z_t α_t(s_t) + yᵗ u_t(s_t) with the
/// eligibility e_k = z_k + yᵏ ψ_k.
class Attribution {
 public:
  Attribution(const FiniteProcess& process, const Critic& critic, const PastRewards& rewards,
              Arena& arena)
      : ahead_(process, critic, arena),
        p_(ahead_.p),
        d_(ahead_.d),
        rewards_(rewards),
        past_(ahead_.S, d_),
        following_(d_),
        w_(d_),
        parts_{std::vector<double>(d_, 0.0), Dense(p_.horizon, d_), Dense(p_.horizon, d_)} {}

  VarianceSources sources() {
    parts_.initial = ahead_.initial_variance();
    for (std::size_t s = 0; s < ahead_.S; ++s) {
      const double rho = past_.one[s] = p_.model.initial[s];
      past_.B[s] = rho * rewards_.first;
      past_.BB[s] = rho * rewards_.first * rewards_.first;
    }
    const std::vector<double> y = geometric(ahead_.critic.decay, p_.horizon),
                              gamma = geometric(p_.discount, p_.horizon);
    for (std::size_t t = 0; t < p_.horizon; ++t) step(t, y[t], gamma[t]);
    return std::move(parts_);
  }

 private:
  void step(std::size_t t, double y, double gamma) {
    PastMoments next(ahead_.S, d_);
    for (std::size_t s = 0; s < ahead_.S; ++s)
      for (std::size_t a = 0; a < ahead_.A && past_.one[s] > 0.0; ++a) {
        const double pi = p_.pi[p_.at(t, s, a)];
        if (pi == 0.0) continue;
        following_.assign(d_, 0.0);
        ahead_.add_following(t, s, a, 1.0, following_.data());
        const double advantage = ahead_.advantage(t, s, a);
        act(t, s, a, pi, y, advantage);
        ahead_.outcomes.each(s, a, [&](const OutcomeTable::Outcome& o) {
          const double weight = pi * o.probability;
          move(t, s, a, weight, y, advantage, o);
          if (weight * o.going_on > 0.0)
            past_.carry(s, weight, p_.discount * ahead_.critic.lambda, y, ahead_.scores[t](s, a),
                        rewards_.share * gamma * o.reward, o.next, next);
        });
      }
    past_ = std::move(next);
  }

  void act(std::size_t t, std::size_t s, std::size_t a, double pi, double y, double advantage) {
    const double delta = advantage - ahead_.alpha[p_.at(t, s)];
    const auto psi = ahead_.scores[t](s, a);
    const double* u = &ahead_.u[p_.at(t, s) * d_];
    for (std::size_t j = 0; j < d_; ++j) w_[j] = following_[j] - u[j];
    add(advantage, psi, w_.data());
    double* part = &parts_.action(t, 0);
    add_square(s, pi, delta, y, part);
    for (const auto& [j, value] : psi)  // the terms with B
      part[j] +=
          pi * value *
          (value * past_.BB[s] + 2.0 * (delta * past_.Bz[s * d_ + j] + y * w_[j] * past_.B[s]));
  }

  void move(std::size_t t, std::size_t s, std::size_t a, double weight, double y, double advantage,
            const OutcomeTable::Outcome& o) {
    const double D = ahead_.surprise(t, s, o) - advantage;
    const double* u = &ahead_.u[p_.at(t + 1, o.next) * d_];
    for (std::size_t j = 0; j < d_; ++j)
      w_[j] = o.going_on * ahead_.critic.decay * u[j] - following_[j];
    add(D, ahead_.scores[t](s, a), w_.data());
    add_square(s, weight, D, y, &parts_.transition(t, 0));
  }

  ///   part += weight E[(z D + y w)² 1{s}]
  void add_square(std::size_t s, double weight, double D, double y, double* part) const {
    const double *z = &past_.z[s * d_], *zz = &past_.zz[s * d_];
    for (std::size_t j = 0; j < d_; ++j) {
      const double w = y * w_[j];
      part[j] += weight * (D * D * zz[j] + w * (2.0 * D * z[j] + past_.one[s] * w));
    }
  }

  Foresight ahead_;
  const TabularProblem& p_;
  std::size_t d_;
  PastRewards rewards_;
  PastMoments past_;
  std::vector<double> following_, w_;  // of one draw: y E[u'|s,a]; w
  VarianceSources parts_;
};

}  // namespace

VarianceSources critic_sources(const FiniteProcess& process, const Critic& critic, Arena& arena) {
  assert(critic.values.size() == no_baseline(process.problem()).size());
  return Attribution(process, critic, {}, arena).sources();
}

///   Z (R − b) = Σ_t ψ_t (γᵗ G_t + Σ_{k<t} γᵏ r_k − b)
VarianceSources reinforce_sources(const FiniteProcess& process, double b, Arena& arena) {
  const TabularProblem& p = process.problem();
  return Attribution(process, {no_baseline(p), 1.0, p.discount}, {-b, 1.0}, arena).sources();
}

}  // namespace seedbed
