// The part of Writer that cuts a file into parts and joins them.
#include <cassert>
#include <memory>
#include <seedbed/error.hpp>

#include "store/reader.hpp"
#include "store/writer_content.hpp"

namespace seedbed {

using namespace hdf5;

void Writer::publish_part(const Part& part) {
  assert(content_->reserved.empty());
  content_->background.wait();  // one at a time: who is faster than the disk waits for it
  const auto rests = std::make_shared<std::vector<Block>>(content_->take_rests());
  Layout layout = content_->layout;
  for (const auto& [name, value] : part.attributes) layout.attributes.push_back({"/", name, value});
  for (const auto& [name, numbers] : part.state.numbers) {
    layout.attributes.push_back({"/state/" + name, "units", "1"});
    layout.attributes.push_back({"/state/" + name, "long_name", name});
  }
  std::size_t bytes = Background::worth_waking;
  for (const Block& rest : *rests) bytes += rest.capacity;
  content_->background.give(bytes, [content = content_.get(), rests, layout, part] {
    content->settle(*rests);
    content->file.put(part.state);
    content->file.finish(layout, part.label, part.path);
    content->begin_next(part.path, layout);
  });
}

void Writer::wait() {
  content_->background.wait();
}

std::optional<std::string> Writer::append_part(const std::filesystem::path& path) {
  std::unique_ptr<Reader> part;
  std::optional<std::string> problem;
  const auto read = [&](auto work) {
    content_->background.now([&] {
      try {
        work();
      } catch (const Error& error) {  // of what is read: the one that writes is well
        problem = error.what();
      }
    });
    return !problem;
  };
  if (!read([&] { part = std::make_unique<Reader>(path); })) return problem;
  for (const auto& each : content_->growing) {
    hsize_t rows = 0;
    if (!read([&] { rows = part->shape(each->path()).at(0); })) return problem;
    for (hsize_t first = 0; first < rows;) {
      const std::span<std::byte> room = content_->extend(*each, rows - first);
      const hsize_t count = room.size() / each->row_bytes();
      if (!read([&] { part->rows(each->path(), first, count, room); })) return problem;
      first += count;
    }
  }
  read([&] { part.reset(); });
  return problem;
}

}  // namespace seedbed
