// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The split that a folder's name indicates.
enum class SplitKind { Train, Test, Validation };

/// A folder's name recognised as that of a split.
struct SplitName {
    SplitKind kind;
    int distance = 0; ///< from the plain name: 0 "train", 1 "Training", 2 "seg_train", 3 "trainval", 4 with
                      ///< other words
};

/// The lower-case words of a name, split at case changes, digits and all characters other than letters.
std::vector<std::string> wordsOf(std::string_view name);

/// Words such as "images", "set" or "data", which indicate neither a split nor a class.
bool isFillerWord(const std::string &word);

/// Recognises the usual spellings in any case, with neutral words around them: train, Training,
/// TRAIN, seg_train, train_set, train2017, images-train, trainset, train_val; test, testing, eval, holdout;
/// val, valid, validation, dev. `context` contains words that are neutral here, such as those of the folder
/// above.
std::optional<SplitName> splitName(std::string_view name, const std::set<std::string> &context = {});

/// The split that a word of the name indicates, whatever other words it has; nothing if there are several or
/// none.
std::optional<SplitKind> splitKindWithin(std::string_view name);

/// Whether a name indicates images without labels: "unlabelled" or "unlabeled" in any case, with words such
/// as "images" around it.
bool isUnlabelledName(std::string_view name);

/// Whether a name contains a word of a split, recognised or not.
bool hasSplitWord(std::string_view name);

} // namespace simclr
