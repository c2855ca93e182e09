// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace simclr {

namespace {

constexpr int trainAndValidation = 3; ///< the distance of "trainval"

const std::map<std::string, SplitName, std::less<>> &splitWords() {
    static const std::map<std::string, SplitName, std::less<>> words{
        {"train", {SplitKind::Train, 0}},
        {"training", {SplitKind::Train, 1}},
        {"trn", {SplitKind::Train, 1}},
        {"trainval", {SplitKind::Train, trainAndValidation}},
        {"test", {SplitKind::Test, 0}},
        {"testing", {SplitKind::Test, 1}},
        {"tst", {SplitKind::Test, 1}},
        {"eval", {SplitKind::Test, 1}},
        {"evaluation", {SplitKind::Test, 1}},
        {"holdout", {SplitKind::Test, 1}},
        {"heldout", {SplitKind::Test, 1}},
        {"val", {SplitKind::Validation, 0}},
        {"valid", {SplitKind::Validation, 0}},
        {"validation", {SplitKind::Validation, 0}},
        {"validate", {SplitKind::Validation, 1}},
        {"validating", {SplitKind::Validation, 1}},
        {"dev", {SplitKind::Validation, 1}},
        {"development", {SplitKind::Validation, 1}},
        {"devel", {SplitKind::Validation, 1}},
    };
    return words;
}

constexpr std::array fillers{"set",    "data",   "dataset", "images", "image",   "imgs", "img",   "pictures",
                             "photos", "folder", "split",   "seg",    "samples", "part", "files", "final",
                             "jpg",    "jpeg",   "png",     "public", "private", "fold"};

/// "trainset", "testdata": a split's word with a filler attached.
std::optional<SplitName> attachedSplit(const std::string &word) {
    for (const char *filler : {"set", "data", "images", "dataset", "split"})
        if (word.ends_with(filler))
            if (const auto found =
                    splitWords().find(word.substr(0, word.size() - std::char_traits<char>::length(filler)));
                found != splitWords().end())
                return SplitName{found->second.kind, 2};
    return std::nullopt;
}

std::optional<SplitName> splitWord(const std::string &word) {
    const auto found = splitWords().find(word);
    return found != splitWords().end() ? std::optional(found->second) : attachedSplit(word);
}

/// "held out" and "hold out" are one word.
void joinHoldOut(std::vector<std::string> &words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if ((words[i] == "held" || words[i] == "hold") && words[i + 1] == "out") {
            words[i] = "holdout";
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        }
}

bool isOneWord(std::string_view name) {
    return std::ranges::all_of(name, [](unsigned char c) { return std::islower(c) != 0; });
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name) {
    std::vector<std::string> words;
    bool continues = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        if (c < 0x80 && std::isalpha(c) == 0) {
            continues = false;
            continue;
        }
        const bool startsWord =
            std::isupper(c) != 0 && i > 0 && std::islower(static_cast<unsigned char>(name[i - 1])) != 0;
        if (!continues || startsWord)
            words.emplace_back();
        words.back() += static_cast<char>(c < 0x80 ? std::tolower(c) : c);
        continues = true;
    }
    joinHoldOut(words);
    return words;
}

bool isFillerWord(const std::string &word) {
    return std::ranges::find(fillers, word) != fillers.end();
}

std::optional<SplitName> splitName(std::string_view name, const std::set<std::string> &context) {
    std::set<SplitKind> kinds;
    int distance = 0;
    const std::vector<std::string> words = wordsOf(name);
    for (const std::string &word : words) {
        if (const auto split = splitWord(word)) {
            kinds.insert(split->kind);
            distance = std::max(distance, split->distance);
        } else if (!isFillerWord(word) && !context.contains(word)) {
            return std::nullopt;
        }
    }
    if (kinds == std::set{SplitKind::Train, SplitKind::Validation})
        return SplitName{SplitKind::Train, trainAndValidation};
    if (kinds.size() != 1)
        return std::nullopt;
    if (!isOneWord(name))
        distance = std::max(distance, words.size() > 1 ? 2 : 1);
    return SplitName{*kinds.begin(), distance};
}

std::optional<SplitKind> splitKindWithin(std::string_view name) {
    std::set<SplitKind> kinds;
    for (const std::string &word : wordsOf(name))
        if (const auto split = splitWord(word))
            kinds.insert(split->kind);
    return kinds.size() == 1 ? std::optional(*kinds.begin()) : std::nullopt;
}

bool isUnlabelledName(std::string_view name) {
    bool isFound = false;
    for (const std::string &word : wordsOf(name)) {
        const bool isUnlabelled = word == "unlabelled" || word == "unlabeled";
        if (!isUnlabelled && !isFillerWord(word))
            return false;
        isFound = isFound || isUnlabelled;
    }
    return isFound;
}

bool hasSplitWord(std::string_view name) {
    return std::ranges::any_of(wordsOf(name),
                               [](const std::string &word) { return splitWord(word).has_value(); });
}

} // namespace simclr
