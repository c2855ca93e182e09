// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/sentence_text.h"

#include <algorithm>

namespace simclr::ui {

namespace {

/// Not "photos.zip", "batch_size", "x=3" or "ResNet".
bool isPlainWord(const QStringView &word) {
    return !word.isEmpty() && std::ranges::all_of(word, [](QChar letter) { return letter.isLower(); });
}

} // namespace

QString sentenceText(QString sentence) {
    const qsizetype end = sentence.indexOf(QLatin1Char(' '));
    const QStringView first = QStringView(sentence).first(end < 0 ? sentence.size() : end);
    if (isPlainWord(first))
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

QString sentenceText(const std::exception &error) {
    return sentenceText(QString::fromUtf8(error.what()));
}

} // namespace simclr::ui
