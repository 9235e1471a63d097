#include "store/writer.hpp"

#include <cassert>
#include <seedbed/error.hpp>
#include <system_error>

#include "store/publication.hpp"
#include "store/writer_content.hpp"

namespace seedbed {

using namespace hdf5;

Writer::Writer(std::filesystem::path path, Compression compression)
    : content_(std::make_unique<Content>(std::move(path), compression)) {
  std::error_code problem;
  const auto folder = content_->path.parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, problem);
  if (problem)
    throw Error(folder.string() + ": expected to create the folder, got \"" + problem.message() +
                    "\"",
                Exit::damaged);
  content_->create();
  attribute("/", "Conventions", "CF-1.10");
  attribute("/", "seedbed_result_version", layout_version);
}

Writer::Writer(Writer&&) noexcept = default;

Writer::~Writer() {
  if (!content_ || content_->published) return;
  std::error_code ignored;
  std::filesystem::remove(partial_path(content_->path), ignored);
}

void Writer::label(const std::string& label) { content_->label = label; }

const std::filesystem::path& Writer::path() const { return content_->path; }

void Writer::attribute(const std::string& object, const std::string& name,
                       const Attribute& value) {
  content_->attributes.push_back({object, name, value});
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

}  // namespace

void Writer::scale(const std::string& path, std::span<const std::int64_t> numbers,
                   const Meaning& meaning) {
  content_->put_scale(path, Element::integer, numbers.size(), numbers.data(), meaning);
}

void Writer::scale(const std::string& path, std::span<const std::string> labels,
                   const Meaning& meaning) {
  content_->put_scale(path, Element::text, labels.size(), pointers(labels).data(), meaning);
}

void Writer::growing_scale(const std::string& path, const Meaning& meaning) {
  content_->enter(path, meaning);
  content_->grow(path, Element::integer, {});
  content_->scales.push_back(path);
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

void Writer::put(const std::string& path, const Dimensions& dims,
                 std::span<const std::string> data, const Meaning& meaning) {
  content_->put_labelled(path, dims, Element::text, data.size(), pointers(data).data(), meaning);
}

void Writer::text(const std::string& path, const std::string& text, const std::string& long_name) {
  put(path, {}, std::span(&text, 1), {"1", long_name});
}

void Writer::growing(const std::string& path, Kind kind, const Dimensions& dims,
                     const Meaning& meaning) {
  content_->enter(path, meaning);
  auto scales = content_->attach(path, dims);
  assert(!scales.empty() && content_->growing.contains(scales.front()));
  scales.erase(scales.begin());
  const Element element = kind == Kind::real      ? Element::real
                          : kind == Kind::integer ? Element::integer
                                                  : Element::byte;
  content_->grow(path, element, content_->shape(scales));
}

void Writer::append(const std::string& path, std::span<const double> rows) {
  content_->append(path, Element::real, std::as_bytes(rows));
}

void Writer::append(const std::string& path, std::span<const std::int64_t> rows) {
  content_->append(path, Element::integer, std::as_bytes(rows));
}

void Writer::append(const std::string& path, std::span<const std::uint8_t> rows) {
  content_->append(path, Element::byte, std::as_bytes(rows));
}

void Writer::reserve(const std::string& path, const Dimensions& dims, const Meaning& meaning) {
  content_->enter(path, meaning);
  const Shape shape = content_->shape(content_->attach(path, dims));
  content_->reserved[path] =
      create_dataset(content_->file.get(), content_->name, path,
                     {Element::real, shape, false, true, content_->compression});
}

void Writer::write(const std::string& path, const std::vector<std::uint64_t>& offset,
                   const std::vector<std::uint64_t>& count, std::span<const double> block) {
  const Shape size(count.begin(), count.end());
  assert(product(size) == block.size());
  write_slab(content_->reserved.at(path).get(), content_->name, Element::real,
             Shape(offset.begin(), offset.end()), size, block.data());
}

void Writer::publish() {
  content_->settle();
  content_->mark_scales();
  content_->write_attributes();
  const auto numbers = content_->numbers();
  check(H5Fclose(content_->file.release()), content_->name, "to close the file");
  seal(partial_path(content_->path), numbers, content_->label);
  publish_partial(content_->path);
  content_->published = true;
}

}  // namespace seedbed
