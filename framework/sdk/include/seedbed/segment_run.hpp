#pragma once
#include <seedbed/plugin.h>

#include <array>
#include <cstddef>
#include <span>

namespace seedbed {

/// Walks through segments in runs of at most `capacity` samples that lie side by side in memory, so
/// that many short segments cost what a long one does:
///
///   for (SegmentRun run(segments); run.next();)
///     // work on the samples run.first .. run.first + run.count - 1, then sum up:
///     for (const SegmentRun::Piece& piece : run.pieces()) ...
///
/// Every segment comes in order, in pieces of a multiple of 8 samples and its rest; an empty one is
/// one empty piece.
class SegmentRun {
 public:
  static constexpr std::size_t capacity = 256;

  struct Piece {
    std::size_t segment;
    std::size_t offset, length;  ///< samples offset .. offset+length-1 of the run
    bool begins, ends;           ///< its segment
  };

  explicit SegmentRun(const seedbed_segments& segments) : segments_(segments) {}

  std::size_t first = 0, count = 0;
  std::span<const Piece> pieces() const { return {pieces_.data(), size_}; }

  /// The next run, or false after the last segment.
  bool next() {
    count = size_ = 0;
    while (segment_ < segments_.count && size_ < capacity) {
      const std::size_t begin = segments_.begin[segment_] + done_;
      const std::size_t rest = segments_.length[segment_] - done_, room = capacity - count;
      if (count == 0) first = begin;
      const std::size_t length = rest <= room ? rest : room / 8 * 8;
      if (rest > 0 && (length == 0 || begin != first + count)) break;
      const bool ends = length == rest;
      pieces_[size_++] = {segment_, count, length, done_ == 0, ends};
      count += length;
      done_ = ends ? 0 : done_ + length;
      if (!ends) break;
      ++segment_;
    }
    return size_ > 0;
  }

 private:
  seedbed_segments segments_;
  std::size_t segment_ = 0, done_ = 0, size_ = 0;
  std::array<Piece, capacity> pieces_;
};

}  // namespace seedbed
