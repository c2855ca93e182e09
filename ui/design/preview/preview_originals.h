// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace simclr::ui {

/// The decoded original images of one page of a preview, however many images there are. Kept between
/// requests, because a slider changes only the views. Owned by the PreviewRenderer; used in its thread.
class PreviewOriginals {
  public:
    struct Entry {
        PreviewTile tile;
        Image full;
    };

    /// The images of a request. Sets its `first` to the last page's if there are fewer images.
    const std::vector<Entry> &of(PreviewRequest &request, const std::stop_token &stop);
    /// Number of images in the whole sequence of the request.
    std::size_t total() const { return m_own ? m_own->size() : m_samples.size(); }

  private:
    /// The images that are read.
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
    std::vector<std::uint32_t> m_samples; ///< of the dataset, in the order of the preview
    Page m_page;
    std::vector<Entry> m_entries;
};

} // namespace simclr::ui
