#include <cmath>
#include <string>

#include "categorical.hpp"
#include "fisher.hpp"
#include "gaussian.hpp"
#include "orthogonal.hpp"
#include "score_pass.hpp"
#include "theta.hpp"

using namespace seedbed;

namespace {

constexpr Range gain_range{0.0, 1e6};
constexpr Range width_range{1.0, 65536.0};

std::vector<std::size_t> widths(const Values& values, std::size_t inputs, std::size_t outputs) {
  std::vector<std::size_t> all{inputs};
  for (const double width : values.reals("hidden")) {
    if (width != std::floor(width))
      throw values.error("hidden", "expected whole numbers, got " + std::to_string(width));
    all.push_back(static_cast<std::size_t>(width));
  }
  all.push_back(outputs);
  return all;
}

HeadSettings head_settings(const Values& values, const seedbed_space& action) {
  if (action.kind == SEEDBED_DISCRETE) return {false, false, action.count, {}};
  std::vector<double> log_sigma = values.reals("sigma");
  if (log_sigma.size() == 1) log_sigma.resize(action.size, log_sigma[0]);
  if (log_sigma.size() != action.size)
    throw values.error("sigma", "expected 1 or " + std::to_string(action.size) + " numbers, got " +
                                    std::to_string(log_sigma.size()));
  for (double& value : log_sigma) value = math::log(value);
  return {true, values.boolean("state_dependent"), action.size, log_sigma};
}

/// A network with one head: softmax for discrete actions, normal for continuous ones (README).
struct Mlp {
  static constexpr Info info{
      .name = "mlp",
      .version = "1.0.0",
      .summary = "Softmax or Gaussian policy whose logits or means are a multilayer perceptron",
      .source = "R. J. Williams, Simple statistical gradient-following algorithms, 1992"};
  static constexpr Parameter parameters[] = {
      {"hidden", SEEDBED_REALS, "[64, 64]", width_range, "", "widths of the hidden layers"},
      {"activation", SEEDBED_CHOICE, "\"tanh\"", any, "", "of the hidden layers", "tanh|relu"},
      {"precision", SEEDBED_CHOICE, "\"double\"", any, "", "of the numbers inside",
       "double|single"},
      {"hidden_gain", SEEDBED_REAL, "1.4142135623730951", gain_range, "",
       "of the hidden layers' orthogonal first weights"},
      {"output_gain", SEEDBED_REAL, "0.01", gain_range, "",
       "of the last layer's orthogonal first weights"},
      {"sigma", SEEDBED_REALS, "[1.0]", positive, "",
       "first standard deviations of continuous actions: one for all, or one each"},
      {"state_dependent", SEEDBED_BOOLEAN, "false", any, "",
       "whether the standard deviation is an output of the network"}};

  HeadSettings head;
  Shape shape;
  bool single;
  double hidden_gain, output_gain;
  std::vector<std::string> names;
  std::vector<seedbed_block> blocks;

  Mlp(const Values& values, const Context& context)
      : head(head_settings(values, *context.action)),
        shape(widths(values,
                     context.observation->kind == SEEDBED_DISCRETE ? context.observation->count
                                                                   : context.observation->size,
                     head.outputs()),
              values.text("activation") == "relu" ? Activation::relu : Activation::tanh,
              context.observation->kind == SEEDBED_DISCRETE),
        single(values.text("precision") == "single"),
        hidden_gain(values.real("hidden_gain")),
        output_gain(values.real("output_gain")) {
    for (std::size_t l = 1; l <= shape.layers(); ++l) {
      names.push_back('W' + std::to_string(l));
      names.push_back('b' + std::to_string(l));
      blocks.push_back({nullptr, shape.weight(l), shape.width[l], shape.width[l - 1]});
      blocks.push_back({nullptr, shape.bias(l), shape.width[l], 1});
    }
    if (head.own_parameters() > 0) {
      names.push_back("log_sigma");
      blocks.push_back({nullptr, shape.parameters, head.own_parameters(), 1});
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].name = names[i].c_str();
  }

  void describe(PolicyInfo& about) const {
    std::size_t weights = 0;
    for (std::size_t l = 1; l <= shape.layers(); ++l)
      weights += shape.width[l] * shape.width[l - 1];
    about = {shape.parameters + head.own_parameters(),
             blocks.data(),
             blocks.size(),
             0,
             weights,
             head.gaussian ? 0u : 1u,
             head.gaussian ? head.actions : 0u};
  }

  void init(const double*, const double* normal, double* theta) const {
    for (std::size_t l = 1; l <= shape.layers(); ++l) {
      const std::size_t rows = shape.width[l], columns = shape.width[l - 1];
      orthogonal(normal, rows, columns, l == shape.layers() ? output_gain : hidden_gain,
                 theta + shape.weight(l));
      std::fill_n(theta + shape.bias(l), rows, 0.0);
      normal += rows * columns;
    }
    std::copy_n(head.log_sigma.data(), head.own_parameters(), theta + shape.parameters);
  }

  void act(Theta theta, const Samples& samples, In uniform, In normal, Out action, double* log_prob,
           Scratch& scratch) const {
    with(theta, scratch, [&](auto net, auto pi) {
      over(samples, net, pi, [&](std::size_t j, std::size_t n) {
        pi.act(from(uniform, j), from(normal, j), from(action, j), n, log_prob + j);
      });
    });
  }

  void log_prob(Theta theta, const Samples& samples, double* log_prob, Scratch& scratch) const {
    with(theta, scratch, [&](auto net, auto pi) {
      over(samples, net, pi, [&](std::size_t j, std::size_t n) {
        pi.log_prob(from(samples.action, j), n, log_prob + j);
      });
    });
  }

  void score(Theta theta, const Samples& samples, Weights weights, Segments segments, double* G,
             Scratch& scratch) const {
    with(theta, scratch, [&]<class Real, class Head>(Network<Real> net, Head pi) {
      ScorePass<Real, Head> pass(shape, head.own_parameters(), weights, segments, G, scratch);
      for (SegmentRun run(segments); run.next();) {
        net.forward(samples.observation, run.first, run.count);
        pi.read(net, run.count);
        pass.add(net, pi, samples.action, run);
      }
    });
  }

  static std::uint64_t actions(const void* self) {
    const HeadSettings& head = abi::as<Mlp>(self).head;
    return head.gaussian ? 0 : head.actions;
  }
  static int32_t probabilities(const void* self, const double* theta, std::uint64_t n,
                               const std::int64_t* t, seedbed_in observation, seedbed_out p,
                               seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      Scratch memory(scratch);
      const auto& policy = abi::as<Mlp>(self);
      const Samples samples{n, t, observation, In(nullptr, 0)};
      policy.with(theta, memory, [&]<class Real, class Head>(Network<Real> net, Head pi) {
        if constexpr (std::is_same_v<Head, Categorical>)
          over(samples, net, pi,
               [&](std::size_t j, std::size_t some) { pi.probabilities(some, from(Out(p), j)); });
      });
    });
  }
  static constexpr seedbed_enumerate enumerate{actions, probabilities};

  static int32_t entropy(const void* self, const double* theta, std::uint64_t n,
                         const std::int64_t* t, seedbed_in observation, double* H,
                         seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      Scratch memory(scratch);
      const Samples samples{n, t, observation, In(nullptr, 0)};
      abi::as<Mlp>(self).with(theta, memory, [&](auto net, auto pi) {
        over(samples, net, pi, [&](std::size_t j, std::size_t some) { pi.entropy(some, H + j); });
      });
    });
  }
  static int32_t divergence(const void* self, const double* theta, const double* other,
                            std::uint64_t n, const std::int64_t* t, seedbed_in observation,
                            double* KL, seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      Scratch memory(scratch);
      const Mlp& policy = abi::as<Mlp>(self);
      const Samples samples{n, t, observation, In(nullptr, 0)};
      policy.with(theta, memory, [&]<class Net, class Head>(Net net, Head pi) {
        policy.with(other, memory, [&]<class Net2, class Head2>(Net2 other_net, Head2 other_pi) {
          if constexpr (std::is_same_v<Net, Net2> && std::is_same_v<Head, Head2>)
            over(samples, net, pi, [&](std::size_t j, std::size_t some) {
              other_net.forward(observation, j, some);
              other_pi.read(other_net, some);
              pi.divergence(other_pi, some, KL + j);
            });
        });
      });
    });
  }
  static int32_t fisher_vector_product(const void* self, const double* theta, const double* v,
                                       std::uint64_t n, const std::int64_t*, seedbed_in observation,
                                       const double* weight, double* product,
                                       seedbed_scratch* scratch, seedbed_message* message) {
    return abi::guarded(message, [&] {
      Scratch memory(scratch);
      const Mlp& policy = abi::as<Mlp>(self);
      const Shape& shape = policy.shape;
      const std::size_t own = policy.head.own_parameters();
      const std::uint64_t begin = 0;
      const Segments all{1, &begin, &n};
      policy.with(theta, memory, [&]<class Real, class Head>(Network<Real> net, Head pi) {
        const Real* along;
        if constexpr (std::is_same_v<Real, double>)
          along = v;
        else
          along = round(v, shape.parameters, memory.take(policy.rounded_size()));
        FisherHead<Real, Head> fisher(pi, v + shape.parameters, own, memory);
        ScorePass<Real, FisherHead<Real, Head>> pass(shape, own, {1, In(weight, n)}, all, product,
                                                     memory);
        for (SegmentRun run(all); run.next();) {
          net.forward(observation, run.first, run.count);
          pi.read(net, run.count);
          const std::uint64_t mark = memory.mark();
          fisher.set(net.tangent(along, memory));
          pass.add(net, fisher, observation, run);
          memory.release(mark);
        }
      });
    });
  }
  static constexpr seedbed_policy_distribution distribution{entropy, divergence,
                                                            fisher_vector_product};

  /// In single precision θ is rounded once for many calls.
  std::size_t prepared_size() const { return single ? rounded_size() : 0; }
  struct Prepared {
    const Mlp& policy;
    const float* rounded;

    Prepared(const Mlp& mlp, const double* theta, double* numbers)
        : policy(mlp), rounded(round(theta, mlp.shape.parameters, numbers)) {}
    void act(const double* theta, const Samples& samples, In uniform, In normal, Out action,
             double* log_prob, Scratch& scratch) const {
      policy.act({theta, rounded}, samples, uniform, normal, action, log_prob, scratch);
    }
    void log_prob(const double* theta, const Samples& samples, double* log_prob,
                  Scratch& scratch) const {
      policy.log_prob({theta, rounded}, samples, log_prob, scratch);
    }
    void score(const double* theta, const Samples& samples, Weights weights, Segments segments,
               double* G, Scratch& scratch) const {
      policy.score({theta, rounded}, samples, weights, segments, G, scratch);
    }
  };
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_POLICY_ENUMERATE, &enumerate},
      {SEEDBED_POLICY_DISTRIBUTION, &distribution},
      {SEEDBED_POLICY_PREPARED, &abi::prepared_of<Mlp>}};

 private:
  std::size_t rounded_size() const { return (shape.parameters + 1) / 2; }  ///< doubles

  /// body(network, head) of the precision and the action space.
  template <class Body>
  void with(Theta theta, Scratch& scratch, Body&& body) const {
    const double* own = theta.exact + shape.parameters;
    const auto of = [&]<class Real>(Network<Real> net) {
      if (head.gaussian)
        body(net, Gaussian(head, own, scratch));
      else
        body(net, Categorical(head, own, scratch));
    };
    if (!single) return of(Network<double>(shape, theta.exact, scratch));
    if (!theta.rounded)
      theta.rounded = round(theta.exact, shape.parameters, scratch.take(rounded_size()));
    of(Network<float>(shape, theta.rounded, scratch));
  }

  /// body(first, n) of runs of samples whose forward pass is done.
  template <class Real, class Head, class Body>
  static void over(const Samples& samples, Network<Real>& net, Head& pi, Body&& body) {
    for (std::size_t j = 0; j < samples.n; j += sample_capacity) {
      const std::size_t n = std::min(sample_capacity, samples.n - j);
      net.forward(samples.observation, j, n);
      pi.read(net, n);
      body(j, n);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(policy<Mlp>)
