// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/confusion.h"

#include <QColor>
#include <QString>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The values of a confusion matrix as they are shown: shares of the images of a class, or the difference of
/// two such matrices. A plain value; rows and columns are classes.
class MatrixContent {
  public:
    MatrixContent() = default;
    explicit MatrixContent(std::shared_ptr<const ConfusionMatrix> matrix);
    /// The shares of `matrix` minus those of `baseline`; both have the same classes.
    MatrixContent(std::shared_ptr<const ConfusionMatrix> matrix,
                  std::shared_ptr<const ConfusionMatrix> baseline);

    std::size_t classes() const { return m_matrix ? m_matrix->classes() : 0; }
    bool isDifference() const { return m_baseline != nullptr; }
    /// In [0, 1], or of a difference in [−1, 1]; 0 for a class without images.
    double share(std::size_t label, std::size_t predicted) const;
    /// "12 of 400 (3.0 %)".
    QString valueText(std::size_t label, std::size_t predicted) const;
    /// The same in at most four characters; empty for 0.
    QString cellText(std::size_t label, std::size_t predicted) const;

  private:
    static double shareIn(const ConfusionMatrix &matrix, const std::vector<double> &images, std::size_t label,
                          std::size_t predicted);

    std::shared_ptr<const ConfusionMatrix> m_matrix;
    std::shared_ptr<const ConfusionMatrix> m_baseline;
    std::vector<double> m_images; ///< of each class
    std::vector<double> m_baselineImages;
};

/// The colours of a confusion matrix in the current theme: blue for right predictions and for larger shares,
/// orange for wrong predictions and for smaller shares; readable with colour-vision deficiency.
class MatrixColors {
  public:
    MatrixColors();
    QRgb of(const MatrixContent &content, std::size_t label, std::size_t predicted) const;

  private:
    static constexpr std::size_t steps = 256;
    std::vector<QRgb> m_blue;
    std::vector<QRgb> m_orange;
};

} // namespace simclr::ui
