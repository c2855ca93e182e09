// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/util/pickle/pickle.h"

#include <functional>
#include <optional>

namespace simclr {

/// The element of a storage class of PyTorch.
struct StorageType {
    std::uint64_t bytes = 0;
    std::optional<torch::ScalarType> type; ///< nothing: not supported
};

/// The storage class of this name, as in a Global node; nothing if it is unknown.
std::optional<StorageType> storageType(std::string_view global);

/// The elements of a storage as a tensor of one axis, copied. Throws InvalidInput if `bytes` does not have
/// the length of so many elements; `what` names the storage.
torch::Tensor storageFrom(std::string_view bytes, torch::ScalarType type, std::int64_t elements,
                          const std::string &what);

/// A tensor over the elements of `storage` from `begin` on, `length` of them. Throws InvalidInput if it would
/// exceed them.
torch::Tensor tensorOver(const torch::Tensor &storage, std::int64_t begin, std::int64_t length,
                         std::int64_t offset, const std::vector<std::int64_t> &sizes,
                         const std::vector<std::int64_t> &strides);

/// Bytes of the storage with this key, or nothing if there is none.
using StorageBytes = std::function<std::optional<std::string_view>(std::string_view key)>;
/// The tensor that a Tensor or Reference node describes; nothing if its type is not supported.
using MakeTensor = std::function<std::optional<torch::Tensor>(const PickleNode &node)>;

/// Builds the tensors of a pickle from the bytes of its storages. Tensors of one storage share its copy, so
/// that no description can request more memory than the file's length.
MakeTensor tensorMaker(const Pickle &pickle, StorageBytes bytes);

/// Every tensor in the nested dicts of a pickle by its dotted name. Throws InvalidInput if the pickle is not
/// a dict, or contains only objects of other classes.
NamedTensors namedTensors(const Pickle &pickle, const MakeTensor &make);

} // namespace simclr
