#include "store/writer.hpp"

#include <cassert>
#include <seedbed/error.hpp>
#include <system_error>

#include "store/writer_content.hpp"

namespace seedbed {

using namespace hdf5;

Writer::Writer(std::filesystem::path path, Compression compression)
    : content_(std::make_unique<Content>(std::move(path), compression)) {
  std::error_code problem;
  const auto folder = content_->path.parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, problem);
  if (problem)
    throw Error(
        folder.string() + ": expected to create the folder, got \"" + problem.message() + "\"",
        Exit::damaged);
  content_->file.create();
  attribute("/", "Conventions", "CF-1.10");
  attribute("/", "seedbed_result_version", layout_version);
}

Writer::Writer(Writer&&) noexcept = default;

Writer::~Writer() {
  if (!content_ || content_->published) return;
  const bool failed = !content_->background.end();
  if (failed)
    for (const auto& each : content_->growing) each->forget();
  content_->growing.clear();  // a file with open datasets cannot be closed
  content_->reserved.clear();
  content_->file.abandon(failed);
}

void Writer::label(const std::string& label) {
  content_->label = label;
}

const std::filesystem::path& Writer::path() const {
  return content_->path;
}

void Writer::attribute(const std::string& object, const std::string& name, const Attribute& value) {
  content_->layout.attributes.push_back({object, name, value});
}

void Writer::show(const std::string& group, const std::string& signal, const Dimensions& axes) {
  attribute(group, "NX_class", "NXdata");
  attribute(group, "signal", signal);
  attribute(group, "axes", axes);
}

namespace {

std::vector<const char*> pointers(std::span<const std::string> texts) {
  std::vector<const char*> data;
  for (const std::string& text : texts) data.push_back(text.c_str());
  return data;
}

Element element_of(Writer::Kind kind) {
  if (kind == Writer::Kind::real) return Element::real;
  return kind == Writer::Kind::integer ? Element::integer : Element::byte;
}

}  // namespace

void Writer::scale(const std::string& path, std::span<const std::int64_t> numbers,
                   const Meaning& meaning) {
  content_->put_scale(path, Element::integer, numbers.size(), numbers.data(), meaning);
}

void Writer::scale(const std::string& path, std::span<const std::string> labels,
                   const Meaning& meaning) {
  content_->put_scale(path, Element::text, labels.size(), pointers(labels).data(), meaning);
}

Writer::Growth Writer::growing_scale(const std::string& path, const Meaning& meaning) {
  content_->enter(path, meaning);
  content_->layout.scales.push_back(path);
  // Rationale: to deflate a count of the steps costs as much as writing all that happens in them.
  return content_->grow(path, Element::integer, {}, content_->file.is_archive());
}

void Writer::put(const std::string& path, const Dimensions& dims, std::span<const double> data,
                 const Meaning& meaning) {
  content_->put_labelled(path, dims, Element::real, data.size(), data.data(), meaning);
}

void Writer::put(const std::string& path, const Dimensions& dims,
                 std::span<const std::int64_t> data, const Meaning& meaning) {
  content_->put_labelled(path, dims, Element::integer, data.size(), data.data(), meaning);
}

void Writer::put(const std::string& path, const Dimensions& dims,
                 std::span<const std::uint8_t> data, const Meaning& meaning) {
  content_->put_labelled(path, dims, Element::byte, data.size(), data.data(), meaning);
}

void Writer::put(const std::string& path, const Dimensions& dims, std::span<const std::string> data,
                 const Meaning& meaning) {
  content_->put_labelled(path, dims, Element::text, data.size(), pointers(data).data(), meaning);
}

void Writer::text(const std::string& path, const std::string& text, const std::string& long_name) {
  put(path, {}, std::span(&text, 1), {"1", long_name});
}

Writer::Growth Writer::growing(const std::string& path, Kind kind, const Dimensions& dims,
                               const Meaning& meaning) {
  content_->enter(path, meaning);
  auto scales = content_->attach(path, dims);
  assert(!scales.empty() && content_->growth_of.contains(scales.front()));
  scales.erase(scales.begin());
  return content_->grow(path, element_of(kind), content_->shape(scales),
                        kind != Kind::real || content_->file.is_archive());
}

std::span<std::byte> Writer::extend_bytes(Growth dataset, std::size_t most) {
  return content_->extend(content_->growing_at(dataset), most);
}

void Writer::append(Growth dataset, std::span<const double> rows) {
  content_->append(content_->growing_at(dataset), Element::real, std::as_bytes(rows));
}

void Writer::append(Growth dataset, std::span<const std::int64_t> rows) {
  content_->append(content_->growing_at(dataset), Element::integer, std::as_bytes(rows));
}

void Writer::append(const std::string& path, std::span<const double> rows) {
  append(content_->growth_of.at(path), rows);
}

void Writer::append(const std::string& path, std::span<const std::int64_t> rows) {
  append(content_->growth_of.at(path), rows);
}

void Writer::append(const std::string& path, std::span<const std::uint8_t> rows) {
  content_->append(content_->growing_at(content_->growth_of.at(path)), Element::byte,
                   std::as_bytes(rows));
}

void Writer::reserve(const std::string& path, const Dimensions& dims, const Meaning& meaning) {
  content_->enter(path, meaning);
  const Shape shape = content_->shape(content_->attach(path, dims));
  const PartialFile& file = content_->file;
  content_->background.now([&] {
    content_->reserved[path] = create_dataset(
        file.file(), file.name(), path, {Element::real, shape, false, true, file.is_archive()});
  });
}

void Writer::write(const std::string& path, const std::vector<std::uint64_t>& offset,
                   const std::vector<std::uint64_t>& count, std::span<const double> block) {
  const Shape size(count.begin(), count.end());
  assert(product(size) == block.size());
  content_->background.now([&] {
    write_slab(content_->reserved.at(path).get(), content_->file.name(), Element::real,
               Shape(offset.begin(), offset.end()), size, block.data());
  });
}

void Writer::defer(std::size_t bytes, std::function<void()> work) {
  content_->background.give(bytes, std::move(work));
}

void Writer::publish() {
  wait();
  const std::vector<Block> rests = content_->take_rests();
  content_->background.now([&] {
    content_->settle(rests);
    content_->file.finish(content_->layout, content_->label, content_->path);
  });
  content_->published = true;
}

}  // namespace seedbed
