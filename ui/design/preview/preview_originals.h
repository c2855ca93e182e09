// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace simclr::ui {

/// The pictures of a preview, decoded: those of one page, however many images there are. Kept between
/// requests, because a slider changes the views alone. Owned by the PreviewRenderer; used in its thread.
class PreviewOriginals {
  public:
    struct Entry {
        PreviewTile tile;
        Image full;
    };

    /// Those that the request asks for. Its `first` becomes the last page's where there are fewer images.
    const std::vector<Entry> &of(PreviewRequest &request, const std::stop_token &stop);
    /// How many images the request goes through in all.
    std::size_t total() const { return m_own ? m_own->size() : m_samples.size(); }

  private:
    /// What decides which pictures are read.
    struct Page {
        std::size_t first = 0;
        std::size_t count = 0;
        bool operator==(const Page &) const = default;
    };

    bool arrange(const PreviewRequest &request);
    void read(const Page &page, const std::stop_token &stop);
    Entry entryAt(std::size_t place) const;

    DatasetPtr m_dataset;
    OwnImagesPtr m_own;
    SampleOrder m_order;
    std::vector<std::uint32_t> m_samples; ///< of the dataset, in the order in which they are gone through
    Page m_page;
    std::vector<Entry> m_entries;
};

} // namespace simclr::ui
