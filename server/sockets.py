"""Sending bytes without delay."""

import socket


def send_at_once(connection: socket.socket) -> None:
    """Send each frame at once, without waiting up to 40 ms for the previous acknowledgement.

    asyncio does this only for sockets that specify TCP as their protocol; Streamlit's listening socket
    specifies none.
    """
    if connection.family in {socket.AF_INET, socket.AF_INET6} and connection.type == socket.SOCK_STREAM:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
