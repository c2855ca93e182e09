// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace simclr::ui {

class Workspace;

/// The strip at the top of every page: dataset button, theme button, help. Owned by the MainWindow;
/// UI thread.
class WindowHeader : public QWidget {
    Q_OBJECT
  public:
    explicit WindowHeader(Workspace &workspace, QWidget *parent = nullptr);

    /// The button below which the dataset panel opens.
    QWidget *datasetButton() const;

  Q_SIGNALS:
    void datasetPressed();
    void themeToggled();
    void helpRequested();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void showDataset();
    void showOpening(const QString &source);
    void showThemeIcon();

    Workspace &m_workspace;
    QToolButton *m_dataset;
    QToolButton *m_theme;
    QString m_opening;
};

} // namespace simclr::ui
