// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_palette.h"

#include "ui/design/palette/operation_delegate.h"
#include "ui/design/palette/operation_palette_model.h"
#include "ui/design/palette/operation_thumbnails.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>
#include <utility>

namespace simclr::ui {

namespace {

QListView *makeList(QAbstractItemModel *model, QWidget *parent) {
    auto *list = new QListView(parent);
    list->setObjectName(QStringLiteral("operationList"));
    list->setAccessibleName(OperationPalette::tr("Operations"));
    list->setModel(model);
    list->setFrameShape(QFrame::NoFrame);
    list->setDragEnabled(true);
    list->setDragDropMode(QAbstractItemView::DragOnly);
    list->setMouseTracking(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->viewport()->setAutoFillBackground(false);
    return list;
}

} // namespace

OperationPalette::OperationPalette(QWidget *parent)
    : QWidget(parent),
      m_model(new OperationPaletteModel(this)),
      m_search(new QLineEdit),
      m_list(makeList(m_model, this)),
      m_nothing(mutedLabel()),
      m_thumbnails(new OperationThumbnails(this)) {
    m_search->setObjectName(QStringLiteral("operationSearch"));
    m_search->setPlaceholderText(tr("Search operations"));
    m_search->setToolTip(tr("Filter the list; Enter adds the first operation to the pipeline"));
    m_search->setAccessibleName(tr("Search operations"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme::icon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->installEventFilter(this);
    m_nothing->setObjectName(QStringLiteral("nothingFound"));
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(10, 10, 10, 0);
    m_nothing->hide();

    auto *delegate = new OperationDelegate(this);
    m_list->setItemDelegate(delegate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 12, 4, 8);
    layout->setSpacing(6);
    layout->addWidget(m_search);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);

    connect(m_search, &QLineEdit::textChanged, this, &OperationPalette::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_model->firstOperation()); });
    connect(m_list, &QListView::doubleClicked, this, &OperationPalette::choose);
    connect(delegate, &OperationDelegate::plusPressed, this, &OperationPalette::choose);
    connect(m_thumbnails, &OperationThumbnails::thumbnailReady, m_model,
            &OperationPaletteModel::setThumbnail);
}

/// The thumbnails of the previous image stay until the new ones are ready.
void OperationPalette::setImage(const Image &image) {
    if (image.isEmpty())
        m_model->clearThumbnails();
    drawWhenSeen([this, image] { m_thumbnails->setImage(image); });
}

void OperationPalette::drawWhenSeen(std::function<void()> draw) {
    m_waiting = std::move(draw);
    if (isVisible())
        std::exchange(m_waiting, {})();
}

void OperationPalette::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_waiting)
        std::exchange(m_waiting, {})();
}

bool OperationPalette::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_search && key == Qt::Key_Down) {
        m_list->setFocus();
        m_list->setCurrentIndex(m_model->firstOperation());
        return true;
    }
    if (watched == m_list && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose(m_list->currentIndex());
        return true;
    }
    return false;
}

void OperationPalette::search(const QString &text) {
    m_model->setSearch(text);
    const bool found = m_model->rowCount() > 0;
    m_nothing->setText(tr("No operation matches “%1”.").arg(text));
    m_nothing->setVisible(!found);
}

void OperationPalette::choose(const QModelIndex &index) {
    const QString operation = index.data(OperationPaletteModel::OperationRole).toString();
    if (!operation.isEmpty())
        Q_EMIT operationChosen(operation);
}

} // namespace simclr::ui
