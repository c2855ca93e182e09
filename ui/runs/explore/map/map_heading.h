// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/mapped_images.h"

#include <QWidget>
#include <optional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace simclr::ui {

class ElidedLabel;

/// The lines above a map: of what it is, a remark, and its progress with a button that stops it. Owned by the
/// MapPane; UI thread.
class MapHeading : public QWidget {
    Q_OBJECT
  public:
    explicit MapHeading(QWidget *parent = nullptr);

    /// `images` once the features are known: their epoch, number and remarks.
    void showWhat(const RunRecord &run, FeatureKind kind, const std::optional<MappedImages> &images);
    void setNote(const QString &note);
    /// From 0 to 1.
    void setProgress(double done);
    /// Shows the progress and the button.
    void setWorking(bool isWorking);

  Q_SIGNALS:
    void stopRequested();

  private:
    ElidedLabel *m_title;
    QLabel *m_note;
    QProgressBar *m_progress;
    QToolButton *m_stop;
};

/// "h" or "z".
QString featureKindText(FeatureKind kind);

} // namespace simclr::ui
