namespace NuCypher.P2P.Dht;

/// <summary>Reads the contacts of find_node's result one by one; broken ones and those beyond the limit are left out.</summary>
internal ref struct ContactReader
{
    private MessagePackReader _reader;
    private ulong _elements;
    private int _limit;

    public ContactReader(ReadOnlySpan<byte> result, int limit)
    {
        _reader = new MessagePackReader(result);
        _limit = limit;
        IsList = _reader.TryReadArray(out _elements);
    }

    /// <summary>Whether the result is a list, as far as it was read.</summary>
    public bool IsList { get; private set; }

    /// <summary>Reads the next contact. Never throws; false at the end.</summary>
    public bool TryRead(out Contact contact)
    {
        contact = default;
        for (; IsList && _elements > 0 && _limit > 0; _elements--)
        {
            var attempt = _reader;
            if (TryRead(ref attempt, out contact))
            {
                _reader = attempt;
                _elements--;
                _limit--;
                return true;
            }
            IsList = _reader.TrySkip(out _);
        }
        return false;
    }

    private static bool TryRead(ref MessagePackReader reader, out Contact contact)
    {
        contact = default;
        if (!reader.TryReadArray(out var count) || count != 3 || !reader.TryReadNodeId(out var id)
            || !reader.TryReadString(out var host) || !reader.TryReadPort(out var port)
            || !NodeAddress.TryReadHost(host, port, out var address))
            return false;
        contact = new(id, address);
        return true;
    }
}
