// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;

namespace simclr::ui {

class OperationPaletteModel;

/// What operations there are: a search field over a list. A double click, Enter, the "+" of a row, or
/// dragging a row into the pipeline adds it. Owned by the DesignPage; UI thread.
class OperationPalette : public QWidget {
    Q_OBJECT
  public:
    explicit OperationPalette(QWidget *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

  Q_SIGNALS:
    void operationChosen(const QString &operation);

  private:
    void search(const QString &text);
    void choose(const QModelIndex &index);

    OperationPaletteModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_nothing;
};

} // namespace simclr::ui
