#include "store/minari_file.hpp"

#include <limits>
#include <string>
#include <vector>

#include "store/handle.hpp"

namespace seedbed {

using namespace hdf5;

namespace {

constexpr hsize_t most_compact = 4096;  // bytes that lie in the header of a dataset

/// h5py's booleans: an enumeration of FALSE and TRUE over a byte.
Handle boolean_type() {
  Handle type(H5Tenum_create(H5T_STD_I8LE));
  for (const std::int8_t value : {std::int8_t{0}, std::int8_t{1}})
    H5Tenum_insert(type.get(), value ? "TRUE" : "FALSE", &value);
  return type;
}

}  // namespace

struct MinariFile::Content {
  std::string name;
  MinariArray observation, action;
  Handle file, boolean = boolean_type();

  Handle group(hid_t parent, const std::string& of) const {
    const Handle creation = group_properties(H5P_GROUP_CREATE);
    return need(H5Gcreate2(parent, of.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), name,
                "to create group " + of);
  }

  void attribute(hid_t group, const char* of, hid_t type, hid_t memory, const void* data) const {
    const Handle made =
        need(H5Acreate2(group, of, type, dataspace({}).get(), H5P_DEFAULT, H5P_DEFAULT), name,
             std::string("to create attribute ") + of);
    check(H5Awrite(made.get(), memory, data), name, std::string("to write attribute ") + of);
  }
  void attribute(hid_t group, const char* of, std::int64_t number) const {
    attribute(group, of, H5T_STD_I64LE, H5T_NATIVE_INT64, &number);
  }

  void put(hid_t group, const char* of, hid_t type, hid_t memory, const Shape& shape,
           const void* data) const {
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_obj_track_times(creation.get(), false);
    if (product(shape) * H5Tget_size(type) <= most_compact)
      H5Pset_layout(creation.get(), H5D_COMPACT);
    Handle made = need(H5Dcreate2(group, of, type, dataspace(shape).get(), H5P_DEFAULT,
                                  creation.get(), H5P_DEFAULT),
                       name, std::string("to create dataset ") + of);
    check(H5Dwrite(made.get(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), name,
          std::string("to write dataset ") + of);
    close_dataset(made, name, of);
  }
  void put(hid_t group, const char* of, std::span<const double> data) const {
    put(group, of, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, {data.size()}, data.data());
  }
  void put(hid_t group, const char* of, MinariArray array, std::span<const double> data) const {
    if (!array.is_discrete)
      return put(group, of, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                 {data.size() / array.size, array.size}, data.data());
    const std::vector<std::int64_t> numbers(data.begin(), data.end());
    put(group, of, H5T_STD_I64LE, H5T_NATIVE_INT64, {numbers.size()}, numbers.data());
  }
  /// `count` booleans, all false but the last.
  void put_end(hid_t group, const char* of, std::size_t count, bool last) const {
    std::vector<std::int8_t> flags(count, 0);
    if (count) flags.back() = last;
    put(group, of, boolean.get(), boolean.get(), {count}, flags.data());
  }
};

MinariFile::MinariFile(const std::filesystem::path& path, MinariArray observation,
                       MinariArray action) {
  prepare();
  content_ = std::make_unique<Content>();
  content_->name = path.string();
  content_->observation = observation;
  content_->action = action;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V110);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI);
  H5Pset_file_locking(access.get(), false, true);
  const Handle creation = group_properties(H5P_FILE_CREATE);
  content_->file = need(H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation.get(), access.get()),
                        content_->name, "to create the file");
}

MinariFile::~MinariFile() = default;

void MinariFile::append(const MinariEpisode& episode) {
  const Content& c = *content_;
  const Handle group = c.group(c.file.get(), "episode_" + std::to_string(episode.id));
  const std::size_t steps = episode.reward.size();
  c.attribute(group.get(), "id", episode.id);
  c.attribute(group.get(), "seed", episode.seed);
  c.attribute(group.get(), "total_steps", static_cast<std::int64_t>(steps));
  c.attribute(group.get(), "iteration", episode.iteration);
  c.attribute(group.get(), "episode_return", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
              &episode.episode_return);
  c.put(group.get(), "observations", c.observation, episode.observation);
  c.put(group.get(), "actions", c.action, episode.action);
  c.put(group.get(), "rewards", episode.reward);
  c.put_end(group.get(), "terminations", steps, episode.is_terminated);
  c.put_end(group.get(), "truncations", steps, !episode.is_terminated);
  std::vector<double> log_prob{std::numeric_limits<double>::quiet_NaN()};
  log_prob.insert(log_prob.end(), episode.log_prob.begin(), episode.log_prob.end());
  c.put(c.group(group.get(), "infos").get(), "log_prob", log_prob);
}

void MinariFile::close() {
  check(H5Fclose(content_->file.release()), content_->name, "to close the file");
}

}  // namespace seedbed
