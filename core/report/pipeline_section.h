// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html_writer.h"
#include "core/report/pipeline_views.h"

#include <span>

namespace simclr {

/// How the section renders views.
struct ViewsToShow {
    OpenImages open; ///< empty: no views
    std::uint32_t images = 6;
    std::stop_token stop;
};

/// Writes each pipeline of the runs once: its steps with their parameters, and views of a few images of the
/// first run that used it, as that run was trained on. Throws Interrupted.
void writePipelines(HtmlWriter &html, std::span<const RunRecord> runs, const ViewsToShow &views);

} // namespace simclr
