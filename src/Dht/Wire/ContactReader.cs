namespace NuCypher.P2P.Dht;

/// <summary>
/// Reads the contacts of find_node's result one by one; broken ones and those beyond the limit are left out.
/// </summary>
internal ref struct ContactReader
{
    private static readonly WireBorder.Reading<int> Count = MessagePackReading.TryReadArray;
    private static readonly WireBorder.Reading<ReadOnlyMemory<byte>> Whole = MessagePackReading.TrySkip;
    private static readonly WireBorder.Reading<Contact> Element = TryReadContact;

    private MessagePackReader _reader;
    private int _elements;
    private int _limit;

    public ContactReader(ReadOnlyMemory<byte> result, int limit)
    {
        _reader = new MessagePackReader(result);
        _limit = limit;
        IsList = WireBorder.TryRead(ref _reader, Count, out _elements);
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
            if (WireBorder.TryRead(ref attempt, Element, out contact))
            {
                _reader = attempt;
                _elements--;
                _limit--;
                return true;
            }
            IsList = WireBorder.TryRead(ref _reader, Whole, out _);
        }
        return false;
    }

    private static bool TryReadContact(scoped ref MessagePackReader reader, out Contact contact)
    {
        contact = default;
        if (!reader.TryReadArray(out var count) || count != 3 || !reader.TryReadNodeId(out var id)
            || !reader.TryReadText(out var host) || !reader.TryReadPort(out var port)
            || !NodeAddress.TryReadHost(host.Span, port, out var address))
            return false;
        contact = new(id, address);
        return true;
    }
}
