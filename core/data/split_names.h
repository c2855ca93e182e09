// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// What a folder's name says of the images below it.
enum class SplitKind { Train, Test, Validation };

/// A folder's name understood as that of a split.
struct SplitName {
    SplitKind kind;
    int distance = 0; ///< from the plain name: 0 "train", 1 "Training", 2 "seg_train", 3 "trainval", 4 with
                      ///< other words
};

/// The lower-case words of a name, parted at case changes, digits and everything that is no letter.
std::vector<std::string> wordsOf(std::string_view name);

/// Words such as "images", "set" or "data", which say nothing of a split or class.
bool isFillerWord(const std::string &word);

/// Understands the usual spellings in any case, with words around them that say nothing: train, Training,
/// TRAIN, seg_train, train_set, train2017, images-train, trainset, train_val; test, testing, eval, holdout;
/// val, valid, validation, dev. `context` are words that say nothing here: those of the folder above, say.
std::optional<SplitName> splitName(std::string_view name, const std::set<std::string> &context = {});

/// The split that a word of the name tells of, whatever other words there are; nothing where there are
/// several or none.
std::optional<SplitKind> splitKindWithin(std::string_view name);

/// Whether a name has a word of a split in it, understood or not.
bool hasSplitWord(std::string_view name);

} // namespace simclr
