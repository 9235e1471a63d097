#include "suite/canonical.hpp"

#include <fmt/format.h>

#include <map>

#include "loader/registry.hpp"

namespace seedbed {
namespace {

/// Sorted by key; the values are TOML text.
using Texts = std::map<std::string, std::string>;

std::string entry(const std::string& key, const std::string& value) {
  return canonical_key(key) + " = " + value;
}

std::string inline_table(const Texts& texts) {
  std::string text;
  for (const auto& [key, value] : texts) {
    if (!text.empty()) text += ", ";
    text += entry(key, value);
  }
  return fmt::format("{{ {} }}", text);
}

std::string section(const std::string& name, const Texts& texts) {
  std::string text = "[" + name + "]\n";
  for (const auto& [key, value] : texts) text += entry(key, value) + "\n";
  return text;
}

std::string row_text(const double* data, std::uint64_t columns) {
  std::string text;
  for (std::uint64_t j = 0; j < columns; ++j) text += (j ? ", " : "") + canonical(data[j]);
  return "[" + text + "]";
}

std::string matrix_text(const Matrix& matrix, bool one_row) {
  if (one_row) return row_text(matrix.data.data(), matrix.columns);
  std::string text;
  for (std::uint64_t i = 0; i < matrix.rows; ++i)
    text += (i ? ", " : "") + row_text(matrix.data.data() + i * matrix.columns, matrix.columns);
  return "[" + text + "]";
}

struct ValueText {
  std::uint32_t type;
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return canonical(value); }
  std::string operator()(const std::string& value) const { return canonical(value); }
  std::string operator()(const ChoiceValue& value) const { return canonical(value.text); }
  std::string operator()(const Matrix& value) const {
    return matrix_text(value, type == SEEDBED_REALS);
  }
  std::string operator()(const FileValue& value) const {
    return canonical("sha256:" + value.sha256);
  }
  std::string operator()(const ComponentValue& value) const {
    return value ? canonical(*value) : "\"none\"";
  }
};

Texts texts_of(const Setting& setting) {
  Texts texts = {{"plugin", canonical(std::string(setting.plugin->name()))}};
  for (std::size_t i = 0; i < setting.values.size(); ++i) {
    const seedbed_parameter& parameter = setting.plugin->descriptor->parameters[i];
    texts[parameter.key] = std::visit(ValueText{parameter.type}, setting.values[i]);
  }
  return texts;
}

std::string every(std::uint64_t k) {
  if (k == 0) return "\"none\"";
  return k == 1 ? "\"all\"" : fmt::format("{{ every = {} }}", k);
}

/// What the stage looks at; checkpoints only where they are asked for, as before there were any.
Texts record_texts(const Configuration& configuration) {
  const Record& record = configuration.record;
  Texts texts = {{"trajectories", every(record.trajectories)}};
  if (record.gzip) texts["compression"] = "\"gzip\"";  // absent: as before there was one
  if (configuration.kind == StageKind::evaluate) return texts;
  texts["gradients"] = every(record.gradients);
  if (record.contributions)
    texts["gradients"] = fmt::format("{{ contributions = true, every = {} }}", record.gradients);
  if (configuration.kind == StageKind::learn && record.checkpoints)
    texts["checkpoints"] = every(record.checkpoints);
  if (configuration.kind == StageKind::learn && record.kl) texts["kl"] = "true";
  return texts;
}

std::string theta_text(const Configuration& configuration) {
  if (const auto& from = configuration.theta_from)
    return inline_table(
        {{"stage", canonical(from->stage)}, {"checkpoint", fmt::format("{}", from->checkpoint)}});
  if (configuration.theta.empty()) return "\"initial\"";
  return row_text(configuration.theta.data(), configuration.theta.size());
}

std::string estimators_text(const Configuration& configuration) {
  std::string text;
  for (const Setting& estimator : configuration.estimators)
    text += (text.empty() ? "" : ", ") + canonical(estimator);
  return text;
}

Texts learn_texts(const Configuration& configuration) {
  Texts texts = {{"iterations", fmt::format("{}", configuration.iterations)},
                 {"divergence", canonical(configuration.divergence)},
                 {"estimator", estimators_text(configuration)}};
  if (configuration.optimizer) texts["optimizer"] = canonical(*configuration.optimizer);
  return texts;
}

Texts gradient_texts(const Configuration& configuration) {
  Texts texts = {{"batches", fmt::format("{}", configuration.iterations)},
                 {"estimators", "[" + estimators_text(configuration) + "]"},
                 {"reference_batches", fmt::format("{}", configuration.reference_batches)},
                 {"reference_error", canonical(configuration.reference_error)}};
  if (configuration.sources) texts["sources"] = fmt::format("{}", configuration.sources);
  return texts;
}

/// What decides a bit, so not the block of an evaluate stage.
Texts stage_texts(const Configuration& configuration) {
  Texts texts;
  if (configuration.kind == StageKind::learn) texts = learn_texts(configuration);
  if (configuration.kind == StageKind::gradient) texts = gradient_texts(configuration);
  texts["episodes"] = fmt::format("{}", configuration.episodes);
  if (configuration.antithetic) texts["antithetic"] = "true";  // absent: as before there was one
  const bool drawn = configuration.theta.empty() && !configuration.theta_from;
  if (!drawn || configuration.kind == StageKind::evaluate)
    texts["theta"] = theta_text(configuration);
  return texts;
}

}  // namespace

const char* stage_kind_name(StageKind kind) {
  constexpr const char* names[] = {"learn", "gradient", "evaluate", "report"};
  return names[static_cast<int>(kind)];
}

std::string canonical_key(const std::string& key) {
  constexpr const char* bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !key.empty() && key.find_first_not_of(bare) == std::string::npos ? key : canonical(key);
}

std::string canonical(double value) {
  std::string text = fmt::format("{:.17g}", value);
  if (text.find_first_of(".enai") == std::string::npos) text += ".0";
  return text;
}

std::string canonical(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      quoted += c;
  }
  return quoted + "\"";
}

std::string canonical(const Setting& setting) {
  return inline_table(texts_of(setting));
}

std::string canonical(const Configuration& configuration, const std::string& prefix) {
  const Texts objective = {{"horizon", fmt::format("{}", configuration.objective.horizon)},
                           {"discount", canonical(configuration.objective.discount)}};
  return section(prefix + "environment", texts_of(configuration.environment)) +
         section(prefix + stage_kind_name(configuration.kind), stage_texts(configuration)) +
         section(prefix + "objective", objective) +
         section(prefix + "policy", texts_of(configuration.policy)) +
         section(prefix + "record", record_texts(configuration));
}

}  // namespace seedbed
