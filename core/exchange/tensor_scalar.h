// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace simclr {

/// The value of an encoded tensorflow.TensorProto of one element (a scalar, or a shape of ones): float,
/// double, half, bfloat16, bool or an integer of any width. Nothing for texts, complex numbers and larger
/// tensors. Throws InvalidInput if the message is damaged.
std::optional<double> scalarOfTensor(std::string_view message);

} // namespace simclr
