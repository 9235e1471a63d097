#pragma once
#include <seedbed/plugin.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace seedbed {

/// One coordinate of a box.
struct SpaceCoordinate {
  std::string name, unit;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// An observation or action space that owns its names. Copies share them.
class Space {
 public:
  static Space box(const std::vector<SpaceCoordinate>& coordinates) {
    return Space(SEEDBED_BOX, coordinates, 0);
  }
  /// Values 0 .. count-1.
  static Space discrete(const std::string& name, std::uint64_t count) {
    return Space(SEEDBED_DISCRETE, {{name, "", 0.0, static_cast<double>(count) - 1.0}}, count);
  }
  /// Valid as long as this space or a copy of it lives.
  const seedbed_space* raw() const { return &storage_->space; }

 private:
  struct Storage {
    std::vector<SpaceCoordinate> coordinates;
    std::vector<double> low, high;
    std::vector<const char*> names, units;
    seedbed_space space{};
  };

  Space(std::uint32_t kind, const std::vector<SpaceCoordinate>& coordinates, std::uint64_t count)
      : storage_(std::make_shared<Storage>()) {
    Storage& s = *storage_;
    s.coordinates = coordinates;
    for (const SpaceCoordinate& c : s.coordinates) {
      s.low.push_back(c.low);
      s.high.push_back(c.high);
      s.names.push_back(c.name.c_str());
      s.units.push_back(c.unit.c_str());
    }
    s.space = {kind,           coordinates.size(), count, s.low.data(), s.high.data(),
               s.names.data(), s.units.data()};
  }

  std::shared_ptr<Storage> storage_;
};

}  // namespace seedbed
