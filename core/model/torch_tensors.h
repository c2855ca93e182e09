// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/pickle/pickle.h"
#include "core/model/weights.h"

#include <functional>
#include <optional>

namespace simclr {

/// The element of a storage class of PyTorch.
struct StorageType {
    std::uint64_t bytes = 0;
    std::optional<torch::ScalarType> type; ///< nothing: no tensor here has it
};

/// The storage class of this name, as a Global has it; nothing where it is not known.
std::optional<StorageType> storageType(std::string_view global);

/// The elements of a storage as a tensor of one axis, copied. Throws InvalidInput where `bytes` is not as
/// long as so many elements are; `what` names the storage.
torch::Tensor storageFrom(std::string_view bytes, torch::ScalarType type, std::int64_t elements,
                          const std::string &what);

/// A tensor over the elements of `storage` from `begin` on, `length` of them. Throws InvalidInput where it
/// would lie outside of them or be larger than they are.
torch::Tensor tensorOver(const torch::Tensor &storage, std::int64_t begin, std::int64_t length,
                         std::int64_t offset, const std::vector<std::int64_t> &sizes,
                         const std::vector<std::int64_t> &strides);

/// Bytes of the storage with this key, or nothing where there is none.
using StorageBytes = std::function<std::optional<std::string_view>(std::string_view key)>;
/// The tensor that a Tensor or Reference node describes; nothing where it has a type that is not read here.
using MakeTensor = std::function<std::optional<torch::Tensor>(const PickleNode &node)>;

/// Makes the tensors of a pickle from the bytes of its storages. Tensors of one storage share its copy, so
/// that no description can ask for more memory than the file is long.
MakeTensor tensorMaker(const Pickle &pickle, StorageBytes bytes);

/// Every tensor in the nested dicts of a pickle by its dotted name. Throws InvalidInput where the pickle is
/// no dict, or holds nothing but objects of other classes.
NamedTensors namedTensors(const Pickle &pickle, const MakeTensor &make);

} // namespace simclr
