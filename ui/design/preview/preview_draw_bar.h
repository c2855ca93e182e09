// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;

namespace simclr::ui {

/// Which draw a preview shows: seed, epoch and the side of the views, and the ways to another draw. Owned by
/// the PreviewPanel; UI thread.
class PreviewDrawBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewDrawBar(QWidget *parent = nullptr);

    quint64 seed() const;
    std::uint32_t epoch() const;
    /// Pixels.
    int viewSize() const;

    /// What was changed on the Train page since this was last called holds here too; what was chosen here
    /// stays.
    void followTraining();

  public Q_SLOTS:
    /// Other random numbers: the views of the next epoch, as training would draw them, or, with the seed
    /// unlocked, those of another seed.
    void newDraw();
    /// The views of the epoch before, or, with the seed unlocked, those of the seed before.
    void previousDraw();

  Q_SIGNALS:
    void seedChanged(quint64 seed);
    void epochChanged();
    void viewSizeChanged(int side);

  private:
    void assemble();
    void connectParts();
    void setViewSize(int side);
    void enterViewSize();

    QDoubleSpinBox *m_seed;
    QToolButton *m_lock;
    std::vector<double> m_seedsBefore; ///< that newDraw() left, the last one last
    QSpinBox *m_epoch;
    QComboBox *m_viewSize;
    int m_trainedSize = 32;
    std::int64_t m_trainedSeed = 1;
};

} // namespace simclr::ui
