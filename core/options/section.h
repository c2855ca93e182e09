// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// The part of a form that a parameter is shown in.
enum class Section {
    None,
    Encoder,
    ViewsAndBatch,
    Loss,
    Optimiser,
    Evaluation,
    Machine, ///< what suits the machine; it changes nothing about the method
    Protocols,
    TrainedProtocols,
    LabelFraction,
    DataAndFeatures,
};

/// "Views and batch"; empty for None. For reading only: nothing is decided by it.
const std::string &titleOf(Section section);

} // namespace simclr
