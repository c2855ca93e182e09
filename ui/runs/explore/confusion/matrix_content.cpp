// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/matrix_content.h"

#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QPalette>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(MatrixContent)
};

std::vector<double> imagesOfClasses(const ConfusionMatrix &matrix) {
    std::vector<double> images(matrix.classes());
    for (std::size_t label = 0; label < images.size(); ++label)
        images[label] = static_cast<double>(matrix.images(label));
    return images;
}

std::vector<QRgb> scaleTo(const QColor &color, std::size_t steps) {
    const QColor base = QPalette().color(QPalette::Base);
    const auto mixed = [](float from, float to, float part) { return from + part * (to - from); };
    std::vector<QRgb> scale;
    for (std::size_t i = 0; i < steps; ++i) {
        const float part = float(i) / float(steps - 1);
        scale.push_back(QColor::fromRgbF(mixed(base.redF(), color.redF(), part),
                                         mixed(base.greenF(), color.greenF(), part),
                                         mixed(base.blueF(), color.blueF(), part))
                            .rgb());
    }
    return scale;
}

QString signedPoints(double share, int decimals) {
    const QString amount = decimalText(std::abs(100 * share), decimals);
    return (share < 0 ? QStringLiteral("−") : QStringLiteral("+")) + amount;
}

} // namespace

MatrixContent::MatrixContent(std::shared_ptr<const ConfusionMatrix> matrix)
    : m_matrix(std::move(matrix)), m_images(imagesOfClasses(*m_matrix)) {}

MatrixContent::MatrixContent(std::shared_ptr<const ConfusionMatrix> matrix,
                             std::shared_ptr<const ConfusionMatrix> baseline)
    : m_matrix(std::move(matrix)),
      m_baseline(std::move(baseline)),
      m_images(imagesOfClasses(*m_matrix)),
      m_baselineImages(imagesOfClasses(*m_baseline)) {}

double MatrixContent::shareIn(const ConfusionMatrix &matrix, const std::vector<double> &images,
                              std::size_t label, std::size_t predicted) {
    const double all = images[label];
    return all > 0 ? static_cast<double>(matrix.count(label, predicted)) / all : 0;
}

double MatrixContent::share(std::size_t label, std::size_t predicted) const {
    const double share = shareIn(*m_matrix, m_images, label, predicted);
    return m_baseline ? share - shareIn(*m_baseline, m_baselineImages, label, predicted) : share;
}

QString MatrixContent::valueText(std::size_t label, std::size_t predicted) const {
    const std::size_t count = m_matrix->count(label, predicted);
    const auto all = static_cast<std::size_t>(m_images[label]);
    if (!m_baseline)
        return Texts::tr("%1 of %2 (%3)")
            .arg(countText(count), countText(all), percentText(share(label, predicted)));
    return Texts::tr("%1 points: %2 of %3, baseline %4 of %5")
        .arg(signedPoints(share(label, predicted), 1), countText(count), countText(all),
             countText(m_baseline->count(label, predicted)),
             countText(static_cast<std::size_t>(m_baselineImages[label])));
}

QString MatrixContent::cellText(std::size_t label, std::size_t predicted) const {
    const double value = share(label, predicted);
    const double percent = std::abs(100 * value);
    if (percent == 0)
        return {};
    if (percent < 0.5)
        return m_baseline ? QString() : QStringLiteral("<1");
    return m_baseline ? signedPoints(value, 0) : decimalText(percent, 0);
}

MatrixColors::MatrixColors()
    : m_blue(scaleTo(theme::isDark() ? QColor(0x4ea8e6) : QColor(0x0060a8), steps)),
      m_orange(scaleTo(theme::isDark() ? QColor(0xff8a3d) : QColor(0xc94a00), steps)) {}

/// By the square root, so that rare confusions are visible beside frequent ones.
QRgb MatrixColors::of(const MatrixContent &content, std::size_t label, std::size_t predicted) const {
    const double share = content.share(label, predicted);
    const double strength = std::sqrt(std::min(1.0, std::abs(share)));
    const auto step = static_cast<std::size_t>(std::lround(strength * (steps - 1)));
    const bool isBlue = content.isDifference() ? share > 0 : label == predicted;
    return isBlue ? m_blue[step] : m_orange[step];
}

} // namespace simclr::ui
