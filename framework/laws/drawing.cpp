#include <fmt/format.h>

#include <optional>

#include "engine/picture.hpp"
#include "laws/environment.hpp"

namespace seedbed::contract {

void drawing_law(const EnvironmentTrial& trial) {
  const char* law = "pictures are finite and pure, and their scene stands still";
  view_of(trial.environment);
  const auto scene_of = [](const Picture& picture) {
    Picture scene;
    for (const Stroke& stroke : picture)
      if (stroke.ink == SEEDBED_INK_SCENE) scene.push_back(stroke);
    return scene;
  };
  const auto column = [](const Block& block, std::size_t j) {
    std::vector<double> values;
    for (std::size_t i = 0; i < block.rows(); ++i) values.push_back(block(i, j));
    return values;
  };
  const Walked w = walk(trial);
  std::optional<Picture> scene;
  for (std::size_t t = 0; t + 1 < trial.steps; ++t)
    for (std::size_t j = 0; j < w.after[t].reward.size(); j += 16) {
      const std::vector<double> observation = column(w.after[t].observation, j),
                                action = column(w.in[t + 1].action, j);
      const Picture picture = picture_of(trial.environment, observation.data(), action.data());
      picture_of(trial.environment, observation.data(), nullptr);
      demand(picture == picture_of(trial.environment, observation.data(), action.data()), law,
             "the second picture of an observation is another one");
      if (!scene) scene = scene_of(picture);
      demand(*scene == scene_of(picture), law,
             fmt::format("what has the ink of the scene moved (step {}, lane {})", t, j));
    }
}

}  // namespace seedbed::contract
