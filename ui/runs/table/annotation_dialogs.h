// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/annotations.h"
#include "ui/workspace/run_catalogue.h"

#include <functional>
#include <vector>

class QWidget;

namespace simclr::ui {

/// Asks for the tags of runs: each tag is checked, unchecked, or, if only some of the runs have it, half; a
/// new one is typed. `all` are the runs whose tags are offered.
void editTags(QWidget &parent, const std::vector<RunPtr> &runs, const std::vector<RunPtr> &all,
              std::function<void(const AnnotationChange &)> take);

/// Asks for the note of a run, which is Markdown, with a view of it beside the text.
void editNote(QWidget &parent, const RunRecord &run, std::function<void(const AnnotationChange &)> take);

} // namespace simclr::ui
